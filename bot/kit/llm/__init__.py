"""The language model behind one small protocol, with a daily budget."""
