CREATE TABLE "calendar_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"therapist_id" text NOT NULL,
	"sealed_address" text NOT NULL,
	"host" text NOT NULL,
	"etag" text,
	"read_at" bigint,
	"expanded_at" bigint,
	"problem" text,
	"busy" text NOT NULL,
	"next_at" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "external_times" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"therapist_id" text NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	CONSTRAINT "external_times_forward" CHECK ("external_times"."start_at" < "external_times"."end_at")
);
--> statement-breakpoint
ALTER TABLE "calendar_imports" ADD CONSTRAINT "calendar_imports_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_times" ADD CONSTRAINT "external_times_import_id_calendar_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."calendar_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_times" ADD CONSTRAINT "external_times_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_imports_therapist" ON "calendar_imports" USING btree ("therapist_id");--> statement-breakpoint
CREATE INDEX "calendar_imports_next" ON "calendar_imports" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "external_times_therapist" ON "external_times" USING btree ("therapist_id","start_at","end_at");