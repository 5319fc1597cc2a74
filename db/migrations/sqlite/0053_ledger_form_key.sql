ALTER TABLE `ledger_entries` ADD `form_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_form` ON `ledger_entries` (`form_key`);