"""A package for Home Assistant: sentences, a timer and scripts, in one YAML file."""
