"""The municipality's own directory of its staff, by OpenID Connect."""
