"""What the ledger of touches decides without the database."""
