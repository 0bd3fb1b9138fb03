"""The test e-ID: pick who you are. Only where the demo switch is on."""
