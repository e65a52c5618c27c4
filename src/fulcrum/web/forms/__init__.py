"""What people may send, one file a family; a form says what is wrong beside the field."""
