"""What administrators do with people, the agency and flags, and what each person does with their own profile."""
