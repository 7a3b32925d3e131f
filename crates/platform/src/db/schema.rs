//! The schema as the database has it, read back for comparison with the descriptions.
