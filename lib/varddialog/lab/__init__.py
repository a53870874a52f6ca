"""What JupyterLab needs beside the notebooks: the packs as pages, and a project of one's own to practise on."""
