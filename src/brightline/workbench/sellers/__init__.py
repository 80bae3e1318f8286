"""What sellers get and may do: statements of reasons, points, appeals."""
