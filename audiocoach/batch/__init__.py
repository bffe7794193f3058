"""Many sessions in one go: which ones, what there is to do, and who does it."""
