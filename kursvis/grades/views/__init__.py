"""The pages of grades for staff."""
