"""The rulebooks in force: releases, and the engines compiled from them."""
