/*
 * grammar.y - the grammar of D: language.md part 2.
 *
 * Items are handed on (c->item) as soon as their last token is read: no state after
 * it needs a look ahead, so a typedef is known before the next word is lexed.
 */
%code requires {
#include "parse.h"
}

%code {
#include <string.h>

int dt_yylex(DT_YYSTYPE *, DT_YYLTYPE *, dt_compile_t *);
static void dt_yyerror(DT_YYLTYPE *, dt_compile_t *, const char *);

/* The stacks live in the parser's frame: errors leave it by longjmp, and nothing is to be freed. */
#define YYINITDEPTH 6000
#define YYMAXDEPTH  YYINITDEPTH

#define YYLLOC_DEFAULT(cur, rhs, n) ((cur) = (n) ? YYRHSLOC(rhs, 1) : YYRHSLOC(rhs, 0))

static const dt_list_t no_list;
#define UNARY(op, src, left)         dt_mk_op(c, DN_UNARY, op, src, left, NULL)
#define BINARY(op, src, left, right) dt_mk_op(c, DN_BINARY, op, src, left, right)
#define ONE(node)                    dt_list_add(no_list, node)
#define SPEC(kind, n)                ((dt_specitem_t){kind, (int)(n), NULL, DT_NOTYPE})
}

%define api.prefix {dt_yy}
%define api.pure full
%define api.token.prefix {T_}
%define api.location.type {dt_src_t}
%locations
%param {dt_compile_t *c}

%union {
	dt_node_t *node;
	dt_list_t list;
	const char *str;
	dt_op_t op;
	uint32_t ctf;
	dt_storage_t storage;
	dt_type_t type;
	dt_specitem_t item;
	dt_spec_t *spec;
	dt_declarator_t *dcl;
	dt_declarators_t dcls;
	dt_mod_t *mod;
	dt_params_t *params;
	dt_rawparam_t param;
	dt_members_t members;
}

%token <node> INT STR
%token <str> DESC IDENT TYPENAME AGG
%token PRED_OPEN PRED_CLOSE RESERVED
%token AUTO CHAR CONST DOUBLE ELSE ENUM EXTERN FLOAT IF INLINE INTTYPE LONG OFFSETOF PROBE PROVIDER REGISTER
%token RESTRICT SELF SHORT SIGNED SIZEOF STATIC STRING STRINGOF STRUCT THIS TRANSLATOR TYPEDEF UNION UNSIGNED
%token USERLAND VOID VOLATILE XLATE
%token PTR ELLIPSIS
%token ADD_EQ SUB_EQ MUL_EQ DIV_EQ MOD_EQ AND_EQ XOR_EQ OR_EQ LSH_EQ RSH_EQ

%left LOR
%left LXOR
%left LAND
%left '|'
%left '^'
%left '&'
%left EQ NE
%left '<' '>' LE GE
%left LSH RSH
%left '+' '-'
%left '*' '/' '%'
%token INC DEC

%precedence WITHOUT_ELSE
%precedence ELSE

%type <node> primary postfix unary cast binary conditional assignment expr pred clause
%type <node> item stmt last_stmt xmember probe enumerator
%type <list> args arg_list desc_list stmts block branch last_branch xmembers probes enumerators
%type <op> assign_op
%type <str> tag
%type <ctf> sou
%type <storage> c_class d_class
%type <type> type_name
%type <item> spec_item sou_spec enum_spec
%type <spec> specs param_specs decl_specs
%type <dcl> declarator direct abstract direct_abstract member_dcl
%type <dcls> declarators member_list
%type <mod> pointer brackets function
%type <params> params param_list
%type <param> param
%type <members> members member

%%

program
	: items
	| items desc_list		{ c->item(c, dt_mk_clause(c, @2, $2, NULL, NULL)); }
	| items desc_list pred		{ dt_mk_clause(c, @2, $2, $3, NULL); }
	;

items
	: %empty
	| items item			{ if ($2) c->item(c, $2); }
	;

item
	: clause
	| decl_specs ';'		{ dt_decl_program(c, $1, NULL); $$ = NULL; }
	| decl_specs declarators ';'	{ dt_decl_program(c, $1, $2.head); $$ = NULL; }
	| INLINE decl_specs ';'		{ dt_decl_inline(c, $2, dt_declarator_new(c, NULL, @1)); $$ = NULL; }
	| INLINE decl_specs declarator '=' assignment ';'
					{ $$ = dt_mk_inline(c, @1, $2, $3, $5); }
	| TRANSLATOR type_name '<' param_specs declarator '>' '{' xmembers '}' ';'
					{ $$ = dt_mk_xlator(c, @1, $2, dt_decl_xlarg(c, $4, $5), $8); }
	| PROVIDER IDENT '{' probes '}' ';'
					{ $$ = dt_decl_provider(c, $2, $4.head, @1); c->ndecls++; }
	;

/* ------------------------------------------------------------------- clauses */

clause
	: desc_list '{' block		{ $$ = dt_mk_clause(c, @1, $1, NULL, &$3); }
	| desc_list pred '{' block	{ $$ = dt_mk_clause(c, @1, $1, $2, &$4); }
	| desc_list ';'			{ $$ = dt_mk_clause(c, @1, $1, NULL, NULL); }
	| desc_list pred ';'		{ $$ = dt_mk_clause(c, @1, $1, $2, NULL); }
	;

desc_list
	: DESC				{ $$ = ONE(dt_mk_name(c, DN_IDENT, @1, $1, NULL)); }
	| desc_list ',' DESC		{ $$ = dt_list_add($1, dt_mk_name(c, DN_IDENT, @3, $3, NULL)); }
	;

pred
	: PRED_OPEN expr PRED_CLOSE	{ $$ = $2; }
	;

/* What follows an opening brace.  The last statement may go without its semicolon (G20). */
block
	: stmts '}'			{ $$ = $1; }
	| stmts last_stmt '}'		{ $$ = dt_list_add($1, $2); }
	;

stmts
	: %empty			{ $$ = no_list; }
	| stmts stmt			{ $$ = dt_list_add($1, $2); }
	;

stmt
	: ';'				{ $$ = NULL; }
	| expr ';'			{ $$ = dt_mk(c, DN_EXPR_STMT, @1, NULL, $1, NULL); }
	| IF '(' expr ')' branch	%prec WITHOUT_ELSE
					{ $$ = dt_mk_if(c, @1, $3, $5, no_list); }
	| IF '(' expr ')' branch ELSE branch
					{ $$ = dt_mk_if(c, @1, $3, $5, $7); }
	;

last_stmt
	: expr				{ $$ = dt_mk(c, DN_EXPR_STMT, @1, NULL, $1, NULL); }
	| IF '(' expr ')' last_branch	{ $$ = dt_mk_if(c, @1, $3, $5, no_list); }
	| IF '(' expr ')' branch ELSE last_branch
					{ $$ = dt_mk_if(c, @1, $3, $5, $7); }
	;

branch
	: stmt				{ $$ = ONE($1); }
	| '{' block			{ $$ = $2; }
	;

last_branch
	: last_stmt			{ $$ = ONE($1); }
	;

/* --------------------------------------------------------------- expressions */

primary
	: INT
	| STR
	| IDENT				{ $$ = dt_mk_name(c, DN_IDENT, @1, $1, NULL); }
	| AGG				{ $$ = dt_mk_name(c, DN_AGG, @1, $1, NULL); }
	| SELF PTR IDENT		{ $$ = dt_mk_name(c, DN_SELF, @1, $3, NULL); }
	| THIS PTR IDENT		{ $$ = dt_mk_name(c, DN_THIS, @1, $3, NULL); }
	| '(' expr ')'			{ $$ = $2; }
	| OFFSETOF '(' type_name ',' IDENT ')'
					{ $$ = dt_mk_typed(c, DN_OFFSETOF, @1, $3, NULL); $$->name = $5; }
	| XLATE '<' type_name '>' '(' expr ')'
					{ $$ = dt_mk_typed(c, DN_XLATE, @1, $3, $6); }
	;

postfix
	: primary
	| postfix '[' arg_list ']'	{ $$ = dt_mk_index(c, @1, $1, $3); }
	| postfix '(' args ')'		{ $$ = dt_mk_call(c, @1, $1, $3); }
	| postfix '.' IDENT		{ $$ = dt_mk_name(c, DN_MEMBER, @1, $3, $1); }
	| postfix PTR IDENT		{ $$ = dt_mk_name(c, DN_PTRMEMBER, @1, $3, $1); }
	| postfix INC			{ $$ = UNARY(DT_OP_POSTINC, @1, $1); }
	| postfix DEC			{ $$ = UNARY(DT_OP_POSTDEC, @1, $1); }
	;

args
	: %empty			{ $$ = no_list; }
	| arg_list
	;

arg_list
	: assignment			{ $$ = ONE($1); }
	| arg_list ',' assignment	{ $$ = dt_list_add($1, $3); }
	;

unary
	: postfix
	| INC unary			{ $$ = UNARY(DT_OP_PREINC, @1, $2); }
	| DEC unary			{ $$ = UNARY(DT_OP_PREDEC, @1, $2); }
	| '!' cast			{ $$ = UNARY(DT_OP_NOT, @1, $2); }
	| '~' cast			{ $$ = UNARY(DT_OP_BNEG, @1, $2); }
	| '+' cast			{ $$ = UNARY(DT_OP_PLUS, @1, $2); }
	| '-' cast			{ $$ = UNARY(DT_OP_NEG, @1, $2); }
	| '*' cast			{ $$ = UNARY(DT_OP_DEREF, @1, $2); }
	| '&' cast			{ $$ = UNARY(DT_OP_ADDROF, @1, $2); }
	| SIZEOF unary			{ $$ = UNARY(DT_OP_SIZEOF, @1, $2); }
	| SIZEOF '(' type_name ')'	{ $$ = dt_mk_typed(c, DN_SIZEOF_T, @1, $3, NULL); }
	| STRINGOF cast			{ $$ = UNARY(DT_OP_STRINGOF, @1, $2); }
	;

cast
	: unary
	| '(' type_name ')' cast	{ $$ = dt_mk_typed(c, DN_CAST, @1, $2, $4); }
	;

binary
	: cast
	| binary '*' binary		{ $$ = BINARY(DT_OP_MUL, @1, $1, $3); }
	| binary '/' binary		{ $$ = BINARY(DT_OP_DIV, @1, $1, $3); }
	| binary '%' binary		{ $$ = BINARY(DT_OP_MOD, @1, $1, $3); }
	| binary '+' binary		{ $$ = BINARY(DT_OP_ADD, @1, $1, $3); }
	| binary '-' binary		{ $$ = BINARY(DT_OP_SUB, @1, $1, $3); }
	| binary LSH binary		{ $$ = BINARY(DT_OP_LSH, @1, $1, $3); }
	| binary RSH binary		{ $$ = BINARY(DT_OP_RSH, @1, $1, $3); }
	| binary '<' binary		{ $$ = BINARY(DT_OP_LT, @1, $1, $3); }
	| binary '>' binary		{ $$ = BINARY(DT_OP_GT, @1, $1, $3); }
	| binary LE binary		{ $$ = BINARY(DT_OP_LE, @1, $1, $3); }
	| binary GE binary		{ $$ = BINARY(DT_OP_GE, @1, $1, $3); }
	| binary EQ binary		{ $$ = BINARY(DT_OP_EQ, @1, $1, $3); }
	| binary NE binary		{ $$ = BINARY(DT_OP_NE, @1, $1, $3); }
	| binary '&' binary		{ $$ = BINARY(DT_OP_BAND, @1, $1, $3); }
	| binary '^' binary		{ $$ = BINARY(DT_OP_XOR, @1, $1, $3); }
	| binary '|' binary		{ $$ = BINARY(DT_OP_BOR, @1, $1, $3); }
	| binary LAND binary		{ $$ = BINARY(DT_OP_LAND, @1, $1, $3); }
	| binary LXOR binary		{ $$ = BINARY(DT_OP_LXOR, @1, $1, $3); }
	| binary LOR binary		{ $$ = BINARY(DT_OP_LOR, @1, $1, $3); }
	;

/* An assignment may stand in either arm: c ? @a = count() : (@b = count()) is an old idiom. */
conditional
	: binary
	| binary '?' expr ':' assignment	{ $$ = dt_mk(c, DN_COND, @1, $1, $3, $5); }
	;

assignment
	: conditional
	| unary assign_op assignment	{ $$ = dt_mk_op(c, DN_ASSIGN, $2, @1, $1, $3); }
	;

assign_op
	: '='				{ $$ = DT_OP_ASSIGN; }
	| ADD_EQ			{ $$ = DT_OP_ADD; }
	| SUB_EQ			{ $$ = DT_OP_SUB; }
	| MUL_EQ			{ $$ = DT_OP_MUL; }
	| DIV_EQ			{ $$ = DT_OP_DIV; }
	| MOD_EQ			{ $$ = DT_OP_MOD; }
	| AND_EQ			{ $$ = DT_OP_BAND; }
	| XOR_EQ			{ $$ = DT_OP_XOR; }
	| OR_EQ				{ $$ = DT_OP_BOR; }
	| LSH_EQ			{ $$ = DT_OP_LSH; }
	| RSH_EQ			{ $$ = DT_OP_RSH; }
	;

expr
	: assignment
	| expr ',' assignment		{ $$ = BINARY(DT_OP_COMMA, @1, $1, $3); }
	;

/* -------------------------------------------------------------- declarations */

c_class
	: AUTO				{ $$ = DT_ST_AUTO; }
	| EXTERN			{ $$ = DT_ST_EXTERN; }
	| REGISTER			{ $$ = DT_ST_REGISTER; }
	| STATIC			{ $$ = DT_ST_STATIC; }
	| TYPEDEF			{ $$ = DT_ST_TYPEDEF; }
	;

d_class
	: SELF				{ $$ = DT_ST_SELF; }
	| THIS				{ $$ = DT_ST_THIS; }
	;

spec_item
	: VOID				{ $$ = SPEC(DT_SI_BASE, DT_BK_VOID); }
	| CHAR				{ $$ = SPEC(DT_SI_BASE, DT_BK_CHAR); }
	| INTTYPE			{ $$ = SPEC(DT_SI_BASE, DT_BK_INT); }
	| FLOAT				{ $$ = SPEC(DT_SI_BASE, DT_BK_FLOAT); }
	| DOUBLE			{ $$ = SPEC(DT_SI_BASE, DT_BK_DOUBLE); }
	| SHORT				{ $$ = SPEC(DT_SI_SHORT, 0); }
	| LONG				{ $$ = SPEC(DT_SI_LONG, 0); }
	| SIGNED			{ $$ = SPEC(DT_SI_SIGN, DT_SIGN_SIGNED); }
	| UNSIGNED			{ $$ = SPEC(DT_SI_SIGN, DT_SIGN_UNSIGNED); }
	| CONST				{ $$ = SPEC(DT_SI_CONST, 0); }
	| VOLATILE			{ $$ = SPEC(DT_SI_VOLATILE, 0); }
	| RESTRICT			{ $$ = SPEC(DT_SI_RESTRICT, 0); }
	| USERLAND			{ $$ = SPEC(DT_SI_USER, 0); }
	| STRING			{ $$ = SPEC(DT_SI_NAMED, 0); $$.type = dt_basetypes(c->dtp)->string; }
	| TYPENAME			{ $$ = SPEC(DT_SI_NAMED, 0); $$.name = $1; }
	| sou_spec
	| enum_spec
	;

/* Type names have no storage class; parameters and members have C's, to be refused; self and this are D's. */
specs
	: spec_item			{ $$ = dt_spec_add(c, NULL, $1, @1); }
	| specs spec_item		{ $$ = dt_spec_add(c, $1, $2, @2); }
	;

param_specs
	: spec_item			{ $$ = dt_spec_add(c, NULL, $1, @1); }
	| c_class			{ $$ = dt_spec_add(c, NULL, SPEC(DT_SI_STORAGE, $1), @1); }
	| param_specs spec_item		{ $$ = dt_spec_add(c, $1, $2, @2); }
	| param_specs c_class		{ $$ = dt_spec_add(c, $1, SPEC(DT_SI_STORAGE, $2), @2); }
	;

decl_specs
	: spec_item			{ $$ = dt_spec_add(c, NULL, $1, @1); }
	| c_class			{ $$ = dt_spec_add(c, NULL, SPEC(DT_SI_STORAGE, $1), @1); }
	| d_class			{ $$ = dt_spec_add(c, NULL, SPEC(DT_SI_STORAGE, $1), @1); }
	| decl_specs spec_item		{ $$ = dt_spec_add(c, $1, $2, @2); }
	| decl_specs c_class		{ $$ = dt_spec_add(c, $1, SPEC(DT_SI_STORAGE, $2), @2); }
	| decl_specs d_class		{ $$ = dt_spec_add(c, $1, SPEC(DT_SI_STORAGE, $2), @2); }
	;

declarators
	: declarator			{ $$ = (dt_declarators_t){$1, $1}; }
	| declarators ',' declarator	{ $1.last->next = $3; $$ = (dt_declarators_t){$1.head, $3}; }
	;

declarator
	: direct
	| pointer declarator		{ dt_declarator_add(c, $2, $1); $$ = $2; }
	;

direct
	: IDENT				{ $$ = dt_declarator_new(c, $1, @1); }
	| direct IDENT			{ dt_error(c, "D_DECL_IDENT", @2, "two names in one declaration: %s, %s",
						   $1->name, $2); }
	| '(' declarator ')'		{ $$ = $2; }
	| direct brackets		{ dt_declarator_add(c, $1, $2); $$ = $1; }
	| direct function		{ dt_declarator_add(c, $1, $2); $$ = $1; }
	| direct '(' IDENT		{ dt_error(c, "D_DECL_IDENT", @3, "%s is no type: parameters are declared "
						   "by their types", $3); }
	;

abstract
	: pointer			{ $$ = dt_declarator_new(c, NULL, @1); dt_declarator_add(c, $$, $1); }
	| direct_abstract
	| pointer abstract		{ dt_declarator_add(c, $2, $1); $$ = $2; }
	;

direct_abstract
	: '(' abstract ')'		{ $$ = $2; }
	| brackets			{ $$ = dt_declarator_new(c, NULL, @1); dt_declarator_add(c, $$, $1); }
	| function			{ $$ = dt_declarator_new(c, NULL, @1); dt_declarator_add(c, $$, $1); }
	| direct_abstract brackets	{ dt_declarator_add(c, $1, $2); $$ = $1; }
	| direct_abstract function	{ dt_declarator_add(c, $1, $2); $$ = $1; }
	;

pointer
	: '*'				{ $$ = dt_mod_new(c, DT_MOD_PTR); }
	| pointer CONST			{ $$ = $1; $$->is_const = true; }
	| pointer VOLATILE		{ $$ = $1; $$->is_volatile = true; }
	| pointer RESTRICT		{ $$ = $1; }
	;

brackets
	: '[' ']'			{ $$ = dt_mod_new(c, DT_MOD_ARRAY); }
	| '[' assignment ']'		{ $$ = dt_mod_new(c, DT_MOD_ARRAY); $$->dim = $2; }
	| '[' params ']'		{ $$ = dt_mod_new(c, DT_MOD_TUPLE); $$->params = $2; }
	;

function
	: '(' ')'			{ $$ = dt_mod_new(c, DT_MOD_FUNC); $$->params = dt_params_new(c); }
	| '(' params ')'		{ $$ = dt_mod_new(c, DT_MOD_FUNC); $$->params = $2; }
	;

params
	: param_list
	| param_list ',' ELLIPSIS	{ $$ = $1; $$->varargs = true; }
	| ELLIPSIS			{ $$ = dt_params_new(c); $$->varargs = true; }
	;

param_list
	: param				{ $$ = dt_params_new(c); dt_params_add(c, $$, $1.spec, $1.dcl); }
	| param_list ',' param		{ $$ = $1; dt_params_add(c, $$, $3.spec, $3.dcl); }
	;

param
	: param_specs			{ $$ = (dt_rawparam_t){$1, NULL}; }
	| param_specs declarator	{ $$ = (dt_rawparam_t){$1, $2}; }
	| param_specs abstract		{ $$ = (dt_rawparam_t){$1, $2}; }
	;

type_name
	: specs				{ $$ = dt_decl_typename(c, $1, NULL); }
	| specs abstract		{ $$ = dt_decl_typename(c, $1, $2); }
	;

/* --------------------------------------------------------- struct, union, enum */

tag
	: IDENT
	| TYPENAME
	;

sou
	: STRUCT			{ $$ = CTF_K_STRUCT; }
	| UNION				{ $$ = CTF_K_UNION; }
	;

/* The tag is known from the brace on: members may point to it. */
sou_spec
	: sou tag			{ $$ = SPEC(DT_SI_TAG, (int)$1); $$.name = $2; }
	| sou tag '{' { $<type>$ = dt_sou_begin(c, $1, $2, @2); } members '}'
					{ $$ = SPEC(DT_SI_SOU, 0); $$.name = $2; $$.type = $<type>4;
					  dt_sou_members(c, $$.type, $5.head); }
	| sou '{' { $<type>$ = dt_sou_begin(c, $1, NULL, @1); } members '}'
					{ $$ = SPEC(DT_SI_SOU, 0); $$.type = $<type>3;
					  dt_sou_members(c, $$.type, $4.head); }
	;

members
	: %empty			{ $$ = (dt_members_t){NULL, NULL}; }
	| members member		{ $$ = dt_members_join($1, $2); }
	;

member
	: param_specs ';'		{ $$ = dt_members_add(c, (dt_members_t){NULL, NULL}, $1, NULL); }
	| param_specs member_list ';'	{ $$ = dt_members_of(c, $1, $2.head); }
	;

member_list
	: member_dcl			{ $$ = (dt_declarators_t){$1, $1}; }
	| member_list ',' member_dcl	{ $1.last->next = $3; $$ = (dt_declarators_t){$1.head, $3}; }
	;

member_dcl
	: declarator
	| declarator ':' conditional	{ $$ = $1; $$->width = $3; }
	| ':' conditional		{ $$ = dt_declarator_new(c, NULL, @1); $$->width = $2; }
	;

enum_spec
	: ENUM tag			{ $$ = SPEC(DT_SI_TAG, CTF_K_ENUM); $$.name = $2; }
	| ENUM tag '{' enumerators opt_comma '}'
					{ $$ = SPEC(DT_SI_TAG, 0); $$.type = dt_enum_define(c, $2, $4.head, @2); }
	| ENUM '{' enumerators opt_comma '}'
					{ $$ = SPEC(DT_SI_TAG, 0); $$.type = dt_enum_define(c, NULL, $3.head, @1); }
	;

enumerators
	: enumerator			{ $$ = ONE($1); }
	| enumerators ',' enumerator	{ $$ = dt_list_add($1, $3); }
	;

enumerator
	: IDENT				{ $$ = dt_mk_name(c, DN_XMEMBER, @1, $1, NULL); }
	| IDENT '=' conditional		{ $$ = dt_mk_name(c, DN_XMEMBER, @1, $1, $3); }
	;

opt_comma
	: %empty
	| ','
	;

/* ------------------------------------------------------ translators, providers */

xmembers
	: %empty			{ $$ = no_list; }
	| xmembers xmember		{ $$ = dt_list_add($1, $2); }
	;

xmember
	: IDENT '=' assignment ';'	{ $$ = dt_mk_name(c, DN_XMEMBER, @1, $1, $3); }
	;

probes
	: %empty			{ $$ = no_list; }
	| probes probe			{ $$ = dt_list_add($1, $2); }
	;

probe
	: PROBE IDENT function ';'	{ $$ = dt_decl_probe(c, $2, $3->params, NULL, @2); }
	| PROBE IDENT function ':' function ';'
					{ $$ = dt_decl_probe(c, $2, $3->params, $5->params, @2); }
	;

%%

static void
dt_yyerror(DT_YYLTYPE *loc, dt_compile_t *c, const char *msg)
{
	(void)loc;
	if (strcmp(msg, "memory exhausted") == 0)
		msg = "the program is nested too deeply";
	else if (c->lexer->unknown_type)
		msg = "syntax error, a type is expected and this is none that is known";
	dt_lex_error(c->lexer, "D_SYNTAX", "%s", msg);
}
