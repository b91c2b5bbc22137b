"""What a student gets of an exercise: its visible checks, without hidden ones, solutions, mutants and baseline."""
