"""How the desk is set up on a machine: environment, settings, the way into the web server.

Reads the environment strictly and refuses to start insecurely. Read first: `environment.py`, `settings.py`.
"""
