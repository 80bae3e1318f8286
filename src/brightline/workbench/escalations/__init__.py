"""Questions handed up, their answers, and the precedents these become."""
