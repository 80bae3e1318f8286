"""The flowchart of an SOP as text that other tools draw: Mermaid and Graphviz DOT."""
