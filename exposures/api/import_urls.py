"""Addresses of imports under /api/v1/."""

from exposures.api import import_files, import_rows, import_steps, imports
from treasury.api.routes import action, resource

urlpatterns = [
    *resource("imports", imports.Imports),
    *resource("import-mappings", imports.ImportMappings),
    action("imports/receive", import_steps.ReceiveImport),
    action("imports/<key:key>/problems", imports.ImportProblems),
    action("imports/<key:key>/changes", imports.ImportChanges),
    action("imports/<key:key>/rows", import_rows.ImportRows),
    action("imports/<key:key>/effect", imports.ImportEffect),
    action("imports/<key:key>/files", import_files.ImportFiles),
    action("imports/<key:key>/original", import_files.ImportOriginal),
    action("imports/<key:key>/describe", import_steps.DescribeImport),
    action("imports/<key:key>/check", import_steps.CheckImport),
    action("imports/<key:key>/correct", import_steps.CorrectImport),
    action("imports/<key:key>/mend", import_steps.MendImport),
    action("imports/<key:key>/commit", import_steps.CommitImport),
    action("imports/<key:key>/discard", import_steps.DiscardImport),
    action("imports/<key:key>/stop", import_steps.StopImport),
    action("imports/<key:key>/undo", import_steps.UndoImport),
    action("imports/<key:key>/approve", import_steps.ApproveImport),
    action("imports/<key:key>/reject", import_steps.RejectImport),
]
