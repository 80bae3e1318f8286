"""How every page looks and speaks: templates, components, words, errors."""
