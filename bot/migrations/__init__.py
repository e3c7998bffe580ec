"""How the database came to be, one numbered file a change."""
