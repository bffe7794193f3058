"""A skill for OpenVoiceOS: `audiocoach[ovos]`, found by its entry point.

`skill.py` needs OpenVoiceOS; `forms.py` makes the files of `locale` from what people say.
"""
