"""What Docker Hub's official images offer for products, as data with the date of each file."""
