"""The centre: answers of all kiosks in one PostgreSQL, and who may send to it."""
