"""A skill for Alexa: interaction models, and a handler that needs nothing but Python."""
