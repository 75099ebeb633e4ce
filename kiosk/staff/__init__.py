"""The members of staff who may change pages: their names, roles and passwords."""
