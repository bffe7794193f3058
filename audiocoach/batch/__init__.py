"""Many sessions in one go: which they are, what there is to do for them, and who does it."""
