from django.urls import path

from exposures.web import import_progress, import_rows, imports, imports_decided, imports_read

urlpatterns = [
    path("exposures/imports/", imports.imports_page, name="imports"),
    path("exposures/imports/new/", imports_read.upload_page, name="import-new"),
    path("exposures/imports/<int:pk>/", imports.import_page, name="import"),
    path("exposures/imports/<int:pk>/rows/", import_rows.import_rows_page, name="import-rows"),
    path("exposures/imports/<int:pk>/progress/", import_progress.import_progress, name="import-progress"),
    path("exposures/imports/<int:pk>/layout/", imports_read.layout_page, name="import-layout"),
    path("exposures/imports/<int:pk>/columns/", imports_read.columns_page, name="import-columns"),
    path("exposures/imports/<int:pk>/cells/", imports_read.correct_cells, name="import-cells"),
    path("exposures/imports/<int:pk>/mended/", imports_read.mended_file, name="import-mended"),
    path("exposures/imports/<int:pk>/check/", imports_read.check_again, name="import-check"),
    path("exposures/imports/<int:pk>/commit/", imports_decided.commit, name="import-commit"),
    path("exposures/imports/<int:pk>/discard/", imports_decided.discard, name="import-discard"),
    path("exposures/imports/<int:pk>/stop/", imports_decided.stop, name="import-stop"),
    path("exposures/imports/<int:pk>/undo/", imports_decided.undo, name="import-undo"),
    path("exposures/imports/<int:pk>/decide/", imports_decided.decide, name="import-decide"),
    path("exposures/imports/<int:pk>/files/<int:file_id>/", imports.original_file, name="import-file"),
]
