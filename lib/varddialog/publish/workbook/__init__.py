"""The workbook of a unit."""
