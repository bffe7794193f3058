"""How a written text is read aloud, the same by every voice."""
