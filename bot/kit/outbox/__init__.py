"""What is told to people, each thing once: written with the fact that it tells, delivered by whoever is there."""
