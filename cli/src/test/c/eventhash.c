/*
 * Reads a raw export of a Ringtape tape and prints the eventHash of its records as 16 hex digits.
 * docs/tape-format.md, "The raw export" and "Hashes", is what it follows.
 *
 *   cc -std=c11 -O2 -o eventhash eventhash.c && ./eventhash tape.raw
 *
 * Exit codes: 0 the hash is the one in the header, 1 the file is none or not whole, 2 the hash is another one.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum
{
    HEADER_BYTES = 64,
    RECORD_BYTES = 64,
    WORDS = 7,
    TYPE_AT = 60,
    FLAGS_AT = 62,
    TYPE_VOID = 33,
    FLAG_OWN = 0x40
};

static const unsigned char MAGIC[8] = {'R', 'T', 'R', 'A', 'W', 0, 0, 1};

static const uint64_t M = UINT64_C(0x9E3779B97F4A7C15);
static const uint64_t K[WORDS] = {
    UINT64_C(0xE220A8397B1DCDAF), UINT64_C(0x6E789E6AA1B965F5), UINT64_C(0x06C45D188009454F),
    UINT64_C(0xF88BB8A8724C81ED), UINT64_C(0x1B39896A51A8749B), UINT64_C(0x53CB9F0C747EA2EB),
    UINT64_C(0x2C829ABE1F4532E1)};

static uint64_t little(const unsigned char *bytes, int count)
{
    uint64_t value = 0;
    for (int i = count - 1; i >= 0; i--)
    {
        value = value << 8 | bytes[i];
    }
    return value;
}

static uint32_t crc32c(const unsigned char *bytes, size_t length)
{
    uint32_t crc = UINT32_C(0xFFFFFFFF);
    for (size_t i = 0; i < length; i++)
    {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
        {
            crc = crc >> 1 ^ (UINT32_C(0x82F63B78) & (0 - (crc & 1)));
        }
    }
    return ~crc;
}

static uint64_t add_event(uint64_t hash, const unsigned char *record)
{
    uint64_t fold = 0;
    for (int i = 0; i < WORDS; i++)
    {
        const uint64_t word = little(record + 8 + 8 * i, 8);
        fold += (word ^ word >> 32) * K[i];
    }
    return ((hash << 29 | hash >> 35) ^ fold) * M;
}

static int is_input(const unsigned char *record)
{
    return record[TYPE_AT] != TYPE_VOID && (little(record + FLAGS_AT, 2) & FLAG_OWN) == 0;
}

static int fail(const char *file, const char *why)
{
    fprintf(stderr, "eventhash: %s: file=%s\n", why, file);
    return 1;
}

static int run(FILE *in, const char *file)
{
    unsigned char header[HEADER_BYTES];
    if (fread(header, 1, sizeof header, in) != sizeof header || memcmp(header, MAGIC, sizeof MAGIC) != 0)
    {
        return fail(file, "not a raw export");
    }
    if (little(header + 60, 4) != crc32c(header, 60))
    {
        return fail(file, "crc of the header does not match");
    }
    if (little(header + 8, 4) != 1 || little(header + 12, 4) != RECORD_BYTES)
    {
        return fail(file, "version or record size is another one");
    }

    const uint64_t count = little(header + 16, 8);
    unsigned char record[RECORD_BYTES];
    uint64_t hash = 0;
    uint64_t read = 0;
    while (fread(record, 1, sizeof record, in) == sizeof record)
    {
        hash = is_input(record) ? add_event(hash, record) : hash;
        read++;
    }
    if (ferror(in) || read != count)
    {
        return fail(file, "number of records is another one");
    }
    printf("%016" PRIx64 "\n", hash);
    return hash == little(header + 40, 8) ? 0 : 2;
}

int main(int argc, char **argv)
{
    if (argc != 2)
    {
        fputs("usage: eventhash FILE\n", stderr);
        return 1;
    }
    FILE *in = fopen(argv[1], "rb");
    if (in == NULL)
    {
        return fail(argv[1], "file cannot be opened");
    }
    const int code = run(in, argv[1]);
    fclose(in);
    return code;
}
