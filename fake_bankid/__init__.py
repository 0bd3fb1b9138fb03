"""A local stand-in for BankID's RP API v6, for the demo and the tests. It knows nothing of Kursvis.

It answers as the real one does, over mutual TLS: order lifetimes, QR codes that are checked, hint codes, errors. A
small page plays the app: one picks who one is. It is never a part of production.
"""
