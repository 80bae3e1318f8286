"""Rulebooks out to other people's tools and in again: DMN, spreadsheets, flowcharts as text.

Each format turns a rulebook into a file, and a file into nodes with places, so that the checks of
`rulebook.reading` speak of cells and elements as they speak of lines.
"""
