"""An SOP's file as a table that people edit, shown even while it does not compile."""
