"""Hedgebook: the project package and the ground its applications share. Importing it imports nothing else."""
