"""What a page request says of where its visitor came from, without the database."""
