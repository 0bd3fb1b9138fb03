"""Kursvis: an open administration system for Swedish municipal adult education (komvux)."""
