"""What is printed: forms laid out on A4 or A3, on paper, in a preview or as PDF."""
