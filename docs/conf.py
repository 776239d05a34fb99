"""How Sphinx makes the book. `scripts/build_book.py` runs it on a folder where docs/ and the executed notebooks meet.

Nothing here may make a reader's browser ask another host: no fonts, no scripts, no badges from elsewhere; a test
looks through the built pages.
"""

project = "Reform figures"
author = "The Reform figures contributors"
copyright = "The Reform figures contributors; text and data CC BY 4.0, code MIT"
language = "en"

extensions = ["myst_nb"]
exclude_patterns = ["_build", "**.ipynb_checkpoints"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
root_doc = "index"
smartquotes = False  # '' in the codebook means an empty text

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

nb_execution_mode = "off"  # they come executed, with the data that the run was told to use
nb_merge_streams = True
nb_ipywidgets_js = {}  # the default is a script from another host

html_theme = "sphinx_book_theme"
html_title = "Reform figures"
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_copy_source = True
html_show_sphinx = False
html_use_index = False  # nothing here is entered into Sphinx's own index
html_context = {"default_mode": "auto"}  # light or dark as the reader's system is
html_theme_options = {
    "use_repository_button": False,
    "use_issues_button": False,
    "use_edit_page_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],
    "home_page_in_toc": True,
    "show_toc_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "github-dark-high-contrast",
}
