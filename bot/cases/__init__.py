"""Cases: something went wrong for a customer, and stays open until they say that it is put right."""
