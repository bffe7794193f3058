"""Sessions that one can talk to: thin layers for assistants over a shared remote."""
