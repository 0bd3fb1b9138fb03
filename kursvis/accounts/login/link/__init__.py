"""A one-time link: an invitation, or a new password."""
