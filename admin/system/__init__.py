"""How the installation is doing, for people and for machines."""
