"""The pages of the catalogue that staff see: rounds, offer, register."""
