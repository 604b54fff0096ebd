"""What is printed: forms drawn on A4, on paper or as PDF."""
