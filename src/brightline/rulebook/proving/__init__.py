"""Proofs about the rules: no case falls between two of them, none is in vain, none contradicts."""
