CREATE TABLE "note_amendments" (
	"id" text PRIMARY KEY NOT NULL,
	"appointment_id" text NOT NULL,
	"amended_at" bigint NOT NULL,
	"actor" text NOT NULL,
	"sealed_amendment" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "note_phrases" (
	"id" text PRIMARY KEY NOT NULL,
	"therapist_id" text NOT NULL,
	"field" text NOT NULL,
	"sealed_phrase" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "note_readings" (
	"id" text PRIMARY KEY NOT NULL,
	"appointment_id" text NOT NULL,
	"read_at" bigint NOT NULL,
	"actor" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_notes" (
	"appointment_id" text PRIMARY KEY NOT NULL,
	"sealed_content" text NOT NULL,
	"version" integer NOT NULL,
	"editor" text NOT NULL,
	"edit" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"signed_at" bigint,
	"signed_by" text,
	CONSTRAINT "session_notes_signed" CHECK (("session_notes"."signed_at" is null) = ("session_notes"."signed_by" is null))
);
--> statement-breakpoint
ALTER TABLE "note_amendments" ADD CONSTRAINT "note_amendments_appointment_id_session_notes_appointment_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."session_notes"("appointment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_phrases" ADD CONSTRAINT "note_phrases_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_readings" ADD CONSTRAINT "note_readings_appointment_id_session_notes_appointment_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."session_notes"("appointment_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_notes" ADD CONSTRAINT "session_notes_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_amendments_note" ON "note_amendments" USING btree ("appointment_id","amended_at");--> statement-breakpoint
CREATE INDEX "note_phrases_therapist" ON "note_phrases" USING btree ("therapist_id","created_at");--> statement-breakpoint
CREATE INDEX "note_readings_note" ON "note_readings" USING btree ("appointment_id","read_at");