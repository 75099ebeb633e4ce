"""The questions: how staff write a survey, and which surveys are shown today."""
