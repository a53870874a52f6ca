"""The open APIs that figures are fetched from: one module an API, one shared transport."""
