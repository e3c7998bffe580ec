"""The coach: a question from the floor, and an answer from the playbooks."""
