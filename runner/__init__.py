"""What starts Kursvis on a machine: virtual environment, embedded PostgreSQL, demo and tests.

Outside the Django project and free of it: only the standard library and the PostgreSQL binaries of a wheel.
"""
