// Package mem gives firmware memory that needs no collector: pools of blocks of one type, and regions that are released as a whole.
package mem
