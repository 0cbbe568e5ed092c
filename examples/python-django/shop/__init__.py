"""A Django project that connects Square sellers."""
