"""The launcher behind the Makefile: finds Python, sets up what is missing, starts and stops the servers.

It runs on the system's Python before anything is installed, so it uses the standard library alone.
"""
