-- Each booking and each move sends a message: what one telephone books in a day, and how often one appointment is moved, is counted.
DROP INDEX booking.appointment_of_visitor;
CREATE INDEX appointment_of_visitor ON booking.appointment (contact_phone, booked_at) WHERE booked_by = 'visitor';
CREATE INDEX claim_freed_of ON booking.claim (appointment_id) WHERE state = 'freed';
